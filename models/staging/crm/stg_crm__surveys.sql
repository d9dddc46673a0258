{{ crm_warehouse.accepted('crm', 'surveys') }}
