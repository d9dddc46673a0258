{{ crm_warehouse.accepted('crm', 'opportunity_orders') }}
